"""Addresses of the mails."""

from django.urls import path

from isecg.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.mails, name="list"),
    path("<int:pk>/", views.mail, name="detail"),
]
