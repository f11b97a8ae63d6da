from django.urls import path

from runner.offered import packages, stubs, views

urlpatterns = [
    path("languages/", views.languages, name="language-list"),
    path("languages/stubs/", stubs.index, name="stub-index"),
    path("languages/stubs/<str:name>/<str:version>/", stubs.package, name="stubs"),
    path("packages/", packages.package_list, name="package-list"),
    path("languages/<str:language_id>/examples/", views.examples, name="language-examples"),
    path("languages/<str:language_id>/words/", views.words, name="language-words"),
]
