"""Addresses of members, their activities and the chair."""

from django.urls import path

from agencies.views import activities, chair, pages, seats

app_name = "agencies"
urlpatterns = [
    path("agencies/", pages.member_list, name="list"),
    path("agencies/add/", seats.AddAgency.as_view(), name="add_agency"),
    path("agencies/<slug:slug>/", pages.member_detail, name="detail"),
    path("agencies/<slug:slug>/edit/", seats.EditAgency.as_view(), name="edit_agency"),
    path("agencies/<slug:slug>/rename/", seats.Rename.as_view(), name="rename"),
    path("agencies/<slug:slug>/names/add/", seats.AddName.as_view(), name="add_name"),
    path("agencies/<slug:slug>/names/<int:pk>/", seats.EditName.as_view(), name="edit_name"),
    path("agencies/<slug:slug>/memberships/add/", seats.Admit.as_view(), name="admit"),
    path(
        "agencies/<slug:slug>/memberships/<int:pk>/", seats.EditMembership.as_view(), name="edit_membership"
    ),
    path(
        "agencies/<slug:slug>/memberships/<int:pk>/end/", seats.EndMembership.as_view(), name="end_membership"
    ),
    path("activities/", activities.activities, name="activities"),
    path("activities/add/", activities.AddActivity.as_view(), name="add_activity"),
    path("activities/<slug:slug>/", activities.activity, name="activity"),
    path("activities/<slug:slug>/edit/", activities.EditActivity.as_view(), name="edit_activity"),
    path("chair/", pages.chair, name="chair"),
    path("chair/hand-over/", chair.HandOver.as_view(), name="hand_over"),
    path("chair/terms/add/", chair.AddTerm.as_view(), name="add_term"),
    path("chair/terms/<int:pk>/", chair.EditTerm.as_view(), name="edit_term"),
    path("chair/terms/<int:pk>/remove/", chair.RemoveTerm.as_view(), name="remove_term"),
    path("chair/decline/", chair.Decline.as_view(), name="decline"),
    path("chair/swap/", chair.Swap.as_view(), name="swap"),
    path("chair/waivers/<int:pk>/withdraw/", chair.Withdraw.as_view(), name="withdraw"),
]
