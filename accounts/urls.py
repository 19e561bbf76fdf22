"""Settings of people: below `settings/`."""

from django.urls import path

from accounts import personal, views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="settings"),
    path("profile/", personal.profile, name="profile"),
    path("keys/", personal.keys, name="keys"),
    path("notifications/", personal.notifications, name="notifications"),
    path("look/", personal.look, name="look"),
    path("members/", views.members, name="members"),
    path("members/<int:pk>/", views.member, name="member"),
    path("members/<int:pk>/activity/", views.member_activity, name="member-activity"),
    path("invitations/", views.invite, name="invite"),
    path("invitations/<int:pk>/resend/", views.resend, name="invitation-resend"),
    path("invitations/<int:pk>/revoke/", views.revoke, name="invitation-revoke"),
    path("departments/", views.departments, name="departments"),
    path("departments/<int:pk>/", views.department, name="department"),
    path("departments/<int:pk>/retire/", views.retire, name="department-retire"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.token_revoke, name="token-revoke"),
]
