"""Every page of the portal: name, address, who looks at it, and the status it answers with."""

from typing import NamedTuple

EDITOR = "Secretariat, editor"
ADMINISTRATOR = "Secretariat, administrator"
HEAD = "DLR, head of delegation"


class Shown(NamedTuple):
    name: str
    path: str
    who: str = ""
    status: int = 200


PAGES = [
    Shown("home", "/"),
    Shown("members", "/agencies/"),
    Shown("member", "/agencies/uksa/"),
    Shown("chair", "/chair/"),
    Shown("work-plan", "/work-plan/"),
    Shown("work-item", "/work-plan/{code}/"),
    Shown("reports", "/reports/"),
    Shown("report", "/reports/2024/"),
    Shown("documents", "/documents/"),
    Shown("demo", "/demo/"),
    Shown("login", "/accounts/login/"),
    Shown("password-reset", "/accounts/password/reset/"),
    Shown("password-reset-sent", "/accounts/password/reset/done/"),
    Shown("password-reset-old-link", "/accounts/password/reset/key/1-old/"),
    Shown("password-reset-done", "/accounts/password/reset/key/done/"),
    Shown("address-sent", "/accounts/confirm-email/"),
    Shown("account-closed", "/accounts/inactive/"),
    Shown("address-old-link", "/accounts/confirm-email/old/"),
    Shown("not-found", "/no-such-page/", status=404),
    Shown("signed-up-never", "/accounts/signup/", status=403),
    Shown("desk-head", "/desk/", HEAD),
    Shown("profile", "/profile/", HEAD),
    Shown("password", "/accounts/password/change/", HEAD),
    Shown("address", "/accounts/email/", HEAD),
    Shown("second-factor", "/accounts/2fa/", HEAD),
    Shown("reauthenticate-without-password", "/accounts/reauthenticate/", HEAD, status=403),
    Shown("logout", "/accounts/logout/", HEAD),
    Shown("people-head", "/people/", HEAD),
    Shown("denied", "/design/", HEAD, status=403),
    Shown("desk-editor", "/desk/", EDITOR),
    Shown("people", "/people/", EDITOR),
    Shown("invitations", "/people/invitations/", ADMINISTRATOR),
    Shown("invite", "/people/invite/", ADMINISTRATOR),
    Shown("person", "/people/{person}/", ADMINISTRATOR),
    Shown("appoint", "/people/{person}/appoint/", ADMINISTRATOR),
    Shown("member-staff", "/agencies/uksa/", EDITOR),
    Shown("edit-member", "/agencies/uksa/edit/", EDITOR),
    Shown("rename-member", "/agencies/uksa/rename/", EDITOR),
    Shown("chair-staff", "/chair/", EDITOR),
    Shown("hand-over", "/chair/hand-over/", EDITOR),
    Shown("decline", "/chair/decline/", EDITOR),
    Shown("edit-term", "/chair/terms/{term}/", EDITOR),
    Shown("remove-term", "/chair/terms/{term}/remove/", EDITOR),
    Shown("work-plan-staff", "/work-plan/", EDITOR),
    Shown("edit-work-item", "/work-plan/{code}/edit/", EDITOR),
    Shown("add-progress", "/work-plan/{code}/progress/add/", EDITOR),
    Shown("workshop", "/reports/2025/workshop/", EDITOR),
    Shown("edit-report", "/reports/2025/edit/", EDITOR),
    Shown("open-report", "/reports/open/", EDITOR),
    Shown("publish", "/reports/2025/publish/1/", EDITOR),
    Shown("withdraw", "/reports/2024/withdraw/", ADMINISTRATOR),
    Shown("highlight", "/highlights/{highlight}/", EDITOR),
    Shown("edit-highlight", "/highlights/{highlight}/edit/", EDITOR),
    Shown("remove-highlight", "/highlights/{highlight}/remove/", EDITOR),
    Shown("add-goal", "/goals/add/", EDITOR),
    Shown("add-document", "/documents/add/", EDITOR),
    Shown("rendering", "/renderings/{rendering}/", EDITOR),
    Shown("mails", "/mail/", EDITOR),
    Shown("mail", "/mail/{mail}/", EDITOR),
    Shown("log", "/log/", ADMINISTRATOR),
    Shown("design", "/design/", EDITOR),
]
