from django.urls import path

from runner.views import preferences, runs, shares, site, snippets

urlpatterns = [
    path("", site.workspace, name="workspace"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    path("metrics", site.metrics, name="metrics"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("snippets/", snippets.snippet_list, name="snippet-list"),
    path("snippets/<int:snippet_id>/", snippets.snippet_detail, name="snippet"),
    path("snippets/<int:snippet_id>/delete/", snippets.delete, name="snippet-delete"),
    path("snippets/<int:snippet_id>/restore/", snippets.restore, name="snippet-restore"),
    path("snippets/<int:snippet_id>/duplicate/", snippets.duplicate, name="snippet-duplicate"),
    path("snippets/<int:snippet_id>/share/", snippets.share, name="snippet-share"),
    path("s/<slug:slug>/", shares.shared_snippet, name="shared-snippet"),
    path("s/<slug:slug>/embed/", shares.embedded_snippet, name="embedded-snippet"),
    path("s/<slug:slug>/fork/", shares.fork, name="shared-snippet-fork"),
    path("runs/", runs.run_list, name="run-list"),
    path("runs/delete/", runs.run_delete_all, name="run-delete-all"),
    path("runs/<uuid:run_id>/delete/", runs.run_delete, name="run-delete"),
    path("runs/<uuid:run_id>/snippet/", runs.run_to_snippet, name="run-to-snippet"),
    path("runs/<uuid:run_id>/", runs.run_detail, name="run-detail"),
    path("runs/<uuid:run_id>.cast", runs.run_cast, name="run-cast"),
]
