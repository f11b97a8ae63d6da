from django.urls import path

from runner.classroom import views

urlpatterns = [path("classes/<int:classroom_id>/live/", views.live, name="class-live")]
