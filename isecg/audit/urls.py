"""Address of the event log."""

from django.urls import path

from isecg.audit import views

app_name = "audit"
urlpatterns = [path("", views.log, name="list")]
