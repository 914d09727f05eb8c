from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.Page.as_view(), name="list"),
    path("reports/<int:year>/", views.Page.as_view(), name="detail"),
    path("renderings/<int:pk>/", views.Page.as_view(), name="rendering"),
    path("work-plan/", views.Page.as_view(), name="work_plan"),
    path("work-plan/<str:code>/", views.Page.as_view(), name="work_item"),
    path("documents/", views.Page.as_view(), name="documents"),
]
