from django.urls import path

from runner.snippets import data_views, sharing, views

urlpatterns = [
    path("snippets/", views.snippet_list, name="snippet-list"),
    path("snippets/<int:snippet_id>/", views.snippet_detail, name="snippet"),
    path("snippets/<int:snippet_id>/delete/", views.delete, name="snippet-delete"),
    path("snippets/<int:snippet_id>/restore/", views.restore, name="snippet-restore"),
    path("snippets/<int:snippet_id>/duplicate/", views.duplicate, name="snippet-duplicate"),
    path("snippets/<int:snippet_id>/share/", views.share, name="snippet-share"),
    path("snippets/<int:snippet_id>/data/", data_views.data, name="snippet-data"),
    path(
        "snippets/<int:snippet_id>/data/<path:path>", data_views.data_file, name="snippet-data-file"
    ),
    path("s/<slug:slug>/", sharing.shared_snippet, name="shared-snippet"),
    path("s/<slug:slug>/embed/", sharing.embedded_snippet, name="embedded-snippet"),
    path("s/<slug:slug>/fork/", sharing.fork, name="shared-snippet-fork"),
]
