"""Many conversations at once, written by the owner's login: for measuring, not for life.

Every hundredth name and every thousandth word is rare. Fifty workspaces stand beside the
one that is measured, with a twentieth of its conversations in total.
"""

from __future__ import annotations

from typing import Any

import psycopg

NEIGHBOURS = 50
NAMES = (
    "{Ayu,Budi,Citra,Dewi,Eka,Fajar,Gita,Hadi,Indah,Joko,Kartika,Lestari,Made,Nadia,Putu,Rahmat}"
)
FAMILIES = "{Santoso,Wulandari,Hidayat,Prakoso,Anggraini,Kusuma,Wijaya,Saputra,Lestari,Nugroho}"
WORDS = "{pesanan,barang,alamat,faktur,ongkir,resi,diskon,ukuran,warna,retur,garansi,stok}"

CONTACTS = """
INSERT INTO contacts_contact
    (workspace_id, name, phone, email, note, organization, address, details, is_group,
        created_at)
SELECT %(workspace)s,
    (%(names)s::text[])[1 + n %% 16] || ' ' || (%(families)s::text[])[1 + n / 16 %% 10]
        || CASE WHEN n %% 100 = 7 THEN ' Zulkarnaen' ELSE '' END,
    '+62' || (8000000000 + %(workspace)s::bigint * 10000000 + n), '', '', '', '',
    '[]', false, now()
FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
"""
IDENTITIES = """
INSERT INTO contacts_contactidentity (workspace_id, contact_id, kind, scope, value)
SELECT workspace_id, id, 'whatsapp', '', substr(phone, 2)
FROM contacts_contact c WHERE workspace_id = %(workspace)s AND NOT EXISTS
    (SELECT 1 FROM contacts_contactidentity i
        WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.id)
"""
CONVERSATIONS = """
WITH counted AS (
    INSERT INTO inbox_numbercounter AS c (workspace_id, last) VALUES (%(workspace)s, %(count)s)
    ON CONFLICT (workspace_id) DO UPDATE SET last = c.last + %(count)s RETURNING last
), members AS (
    SELECT array_agg(id ORDER BY id) AS ids FROM accounts_member
    WHERE workspace_id = %(workspace)s AND role IN ('agent', 'supervisor', 'owner')
), departments AS (
    SELECT array_agg(id ORDER BY id) AS ids FROM accounts_department
    WHERE workspace_id = %(workspace)s
), who AS (
    SELECT c.id AS contact, i.id AS identity, row_number() OVER (ORDER BY c.id) AS n
    FROM contacts_contact c JOIN contacts_contactidentity i
        ON i.workspace_id = c.workspace_id AND i.contact_id = c.id AND i.scope = ''
    WHERE c.workspace_id = %(workspace)s AND NOT EXISTS
        (SELECT 1 FROM inbox_conversation v
            WHERE v.workspace_id = c.workspace_id AND v.contact_id = c.id)
)
INSERT INTO inbox_conversation (workspace_id, number, channel_id, contact_id, identity_id,
    department_id, assignee_id, status, direction, opened_at, queued_at, last_message_at,
    last_customer_at, window_expires_at, preview, unread_count, due_kind, version, referral,
    resolved_at)
SELECT %(workspace)s, counted.last - %(count)s::bigint + n, %(channel)s, contact, identity,
    departments.ids[1 + n %% greatest(array_length(departments.ids, 1), 1)],
    CASE WHEN n %% 10 < 2 THEN members.ids[1 + n %% array_length(members.ids, 1)] END,
    CASE WHEN n %% 10 < 2 THEN 'handled' WHEN n %% 10 = 2 THEN 'queued' ELSE 'resolved' END,
    'inbox', t.at, t.at, t.at, t.at, t.at + interval '1 day',
    (%(words)s::text[])[1 + n %% 12] || ' ' || n, CASE WHEN n %% 10 < 3 THEN 1 ELSE 0 END, '', 1,
    '{}', CASE WHEN n %% 10 > 2 THEN t.at END
FROM who, counted, members, departments,
    LATERAL (SELECT now() - n * interval '7 seconds' AS at) t
"""
MESSAGES = """
INSERT INTO inbox_message (workspace_id, uuid, conversation_id, channel_id, direction, kind, text,
    data, state, reply_to, reactions, author_name, sent_at, created_at, attempts, error_code,
    error_text)
SELECT workspace_id, gen_random_uuid(), id, channel_id,
    CASE WHEN k = 2 THEN 'out' ELSE 'in' END, 'text',
    (%(words)s::text[])[1 + (number + k) %% 12] || ' nomor ' || number || ' '
        || (%(words)s::text[])[1 + (number * 7 + k) %% 12]
        || CASE WHEN number %% 1000 = 3 AND k = 1 THEN ' kelapaungu' ELSE '' END,
    '{}', CASE WHEN k = 2 THEN 'read' ELSE 'received' END, '', '{}', '',
    last_message_at - (3 - k) * interval '1 second', now(), 0, '', ''
FROM inbox_conversation v, generate_series(1, 3) k
WHERE workspace_id = %(workspace)s AND NOT EXISTS
    (SELECT 1 FROM inbox_message m
        WHERE m.workspace_id = v.workspace_id AND m.conversation_id = v.id)
"""
MEMBER = """
INSERT INTO accounts_member SELECT (jsonb_populate_record(t, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('accounts_member', 'id')),
    'workspace_id', %(made)s::bigint))).*
FROM accounts_member t WHERE workspace_id = %(like)s AND role = 'owner' LIMIT 1
"""
CHANNEL = """
INSERT INTO inbox_channel SELECT (jsonb_populate_record(t, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('inbox_channel', 'id')),
    'workspace_id', %(made)s::bigint, 'department_id', null))).*
FROM inbox_channel t WHERE workspace_id = %(like)s ORDER BY id LIMIT 1
"""


def gather(url: str, slug: str, count: int) -> None:
    """Bring a workspace to about `count` conversations of three messages each."""
    with psycopg.connect(url, autocommit=True) as owner:
        (workspace,) = _one(owner, "SELECT id FROM accounts_workspace WHERE slug = %s", slug)
        known = _one(
            owner, "SELECT count(*) FROM inbox_conversation WHERE workspace_id = %s", workspace
        )[0]
        _fill(owner, workspace, known + 1, count)
        if not _one(owner, "SELECT count(*) FROM accounts_workspace WHERE slug LIKE 'crowd-%%'")[0]:
            for n in range(NEIGHBOURS):
                _fill(owner, _neighbour(owner, workspace, n), 1, max(count // 20 // NEIGHBOURS, 1))
        owner.execute("VACUUM (ANALYZE)")


def _fill(owner: psycopg.Connection[Any], workspace: int, first: int, last: int) -> None:
    (channel,) = _one(owner, "SELECT min(id) FROM inbox_channel WHERE workspace_id = %s", workspace)
    given = {
        "workspace": workspace,
        "channel": channel,
        "first": first,
        "last": last,
        "count": max(last - first + 1, 0),
        "names": NAMES,
        "families": FAMILIES,
        "words": WORDS,
    }
    with owner.transaction():
        for statement in (CONTACTS, IDENTITIES, CONVERSATIONS, MESSAGES):
            owner.execute(statement, given)  # type: ignore[arg-type]


def _neighbour(owner: psycopg.Connection[Any], like: int, n: int) -> int:
    """Another company, with one member and one channel that nobody reaches."""
    made = _one(
        owner,
        "INSERT INTO accounts_workspace SELECT (jsonb_populate_record(w, jsonb_build_object("
        "'id', nextval(pg_get_serial_sequence('accounts_workspace', 'id')), 'slug', %s::text))).*"
        " FROM accounts_workspace w WHERE id = %s RETURNING id",
        f"crowd-{n}",
        like,
    )[0]
    for copy in (MEMBER, CHANNEL):
        owner.execute(copy, {"made": made, "like": like})  # type: ignore[arg-type]
    return int(made)


def _one(owner: psycopg.Connection[Any], sql: str, *given: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] = owner.execute(sql, given or None).fetchone()  # type: ignore[arg-type, assignment]
    return row
