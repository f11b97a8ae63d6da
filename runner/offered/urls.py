from django.urls import path

from runner.offered import views

urlpatterns = [
    path("languages/", views.languages, name="language-list"),
    path("languages/<str:language_id>/examples/", views.examples, name="language-examples"),
]
