from django.urls import path

from runner.history import active, views
from runner.history.artifacts import returned
from runner.history.artifacts import views as artifacts

urlpatterns = [
    path("runs/", views.run_list, name="run-list"),
    path("runs/active/", active.active_runs, name="run-active"),
    path("runs/delete/", views.run_delete_all, name="run-delete-all"),
    path("runs/<uuid:run_id>/stop/", active.stop, name="run-stop"),
    path("runs/<uuid:run_id>/delete/", views.run_delete, name="run-delete"),
    path("runs/<uuid:run_id>/restore/", views.run_restore, name="run-restore"),
    path("runs/<uuid:run_id>/snippet/", views.run_to_snippet, name="run-to-snippet"),
    path("runs/<uuid:run_id>/artifacts/", artifacts.artifacts, name="run-artifacts"),
    path("runs/<uuid:run_id>/files/", returned.ask, name="run-files"),
    path("runs/<uuid:run_id>/files/<int:seq>/", returned.returned_file, name="run-file"),
    path("runs/<uuid:run_id>/files.zip", returned.archive, name="run-files-zip"),
    path("artifacts/<uuid:run_id>/<int:seq>/", artifacts.artifact, name="artifact"),
    path("runs/<uuid:run_id>/", views.run_detail, name="run-detail"),
    path("runs/<uuid:run_id>.cast", views.run_cast, name="run-cast"),
]
