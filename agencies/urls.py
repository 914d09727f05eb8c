from django.urls import path

from agencies import views

app_name = "agencies"
urlpatterns = [
    path("agencies/", views.Page.as_view(), name="list"),
    path("agencies/<slug:slug>/", views.Page.as_view(), name="detail"),
    path("chair/", views.Page.as_view(), name="chair"),
]
