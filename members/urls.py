"""Addresses of people, roles and invitations."""

from django.urls import path

from members.views import invitations, mandates, people

app_name = "members"
urlpatterns = [
    path("people/", people.roster, name="list"),
    path("people/<int:pk>/", people.detail, name="detail"),
    path("people/<int:pk>/appoint/", mandates.Appoint.as_view(), name="appoint"),
    path("people/<int:pk>/deactivate/", people.Deactivate.as_view(), name="deactivate"),
    path("people/<int:pk>/reactivate/", people.Reactivate.as_view(), name="reactivate"),
    path("people/roles/<int:pk>/edit/", mandates.EditMandate.as_view(), name="edit_mandate"),
    path("people/roles/<int:pk>/end/", mandates.EndMandate.as_view(), name="end_mandate"),
    path("people/invitations/", invitations.invitations, name="invitations"),
    path("people/invite/", invitations.Invite.as_view(), name="invite"),
    path("people/invitations/<int:pk>/again/", invitations.SendAgain.as_view(), name="send_again"),
    path("people/invitations/<int:pk>/withdraw/", invitations.Withdraw.as_view(), name="withdraw"),
    path("invitations/<str:token>/", invitations.Accept.as_view(), name="accept"),
    path("profile/", people.Profile.as_view(), name="profile"),
]
