from django.urls import path

from runner.visitors import views

urlpatterns = [
    path("try/<slug:place>/", views.try_page, name="try"),
    path("try/<slug:place>/embed/", views.frame, name="try-frame"),
    path("try/<slug:place>/puzzle/", views.new_puzzle, name="visitor-puzzle"),
    path("try/<slug:place>/ticket/", views.new_ticket, name="visitor-ticket"),
]
