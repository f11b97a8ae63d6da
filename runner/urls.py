from django.urls import path

from runner import views

urlpatterns = [
    path("", views.workspace, name="workspace"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("runs/", views.run_list, name="run-list"),
    path("runs/<uuid:run_id>/", views.run_detail, name="run-detail"),
    path("runs/<uuid:run_id>.cast", views.run_cast, name="run-cast"),
]
