from django.urls import path

from runner.offered import packages, views

urlpatterns = [
    path("languages/", views.languages, name="language-list"),
    path("packages/", packages.package_list, name="package-list"),
    path("languages/<str:language_id>/examples/", views.examples, name="language-examples"),
]
