from django.urls import path

from members import views

app_name = "members"
urlpatterns = [path("people/", views.Page.as_view(), name="list")]
