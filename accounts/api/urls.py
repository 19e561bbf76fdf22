"""The API's URLs of accounts."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("me/", views.MeView.as_view()),
    path("members/", views.MembersView.as_view()),
    path("departments/", views.DepartmentsView.as_view()),
]
