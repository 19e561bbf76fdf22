"""Run inside the product's Django: an API token for each of the demo's people, as JSON."""

import json

from accounts.actions import create_token
from accounts.models import Member
from accounts.queries import all_workspace_ids
from helpdesk.tenancy import acting_in

found = []
for workspace_id in all_workspace_ids():
    with acting_in(workspace_id):
        for member in Member.objects.select_related("user", "workspace"):
            _row, token = create_token(by=member, name="faults")
            slug, email = member.workspace.slug, member.user.email
            key = f"{email.partition('@')[0]}@{slug}"
            found.append({"key": key, "email": email, "workspace": slug, "token": token})
            found[-1]["member"] = member.pk
print(json.dumps(found))
