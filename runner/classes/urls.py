from django.urls import path

from runner.classes import figures, joining, members, runs, student_data, views

urlpatterns = [
    path("classes/", views.class_list, name="class-list"),
    path("classes/new/", views.new_class, name="class-new"),
    path("classes/<int:pk>/", views.class_page, name="class"),
    path("classes/<int:pk>/settings/", views.settings_of_class, name="class-settings"),
    path("classes/<int:pk>/rules/", views.rules_of_class, name="class-rules"),
    path("classes/<int:pk>/archive/", views.archive, name="class-archive"),
    path("classes/<int:pk>/code/", views.join_code, name="class-code"),
    path("classes/<int:pk>/members/", members.member_list, name="class-members"),
    path("classes/<int:pk>/members/list/", members.invite, name="class-invite"),
    path("classes/<int:pk>/members/<int:member>/", members.change, name="class-member"),
    path(
        "classes/<int:pk>/members/<int:member>/data.json", student_data.download, name="class-data"
    ),
    path(
        "classes/<int:pk>/members/<int:member>/delete/",
        student_data.delete,
        name="class-data-delete",
    ),
    path("classes/<int:pk>/leave/", members.leave, name="class-leave"),
    path("classes/<int:pk>/runs/", runs.run_list, name="class-runs"),
    path("classes/<int:pk>/figures/", figures.day, name="class-figures"),
    path("classes/<int:pk>/runs.csv", runs.runs_csv, name="class-runs-csv"),
    path("classes/<int:pk>/runs.json", runs.runs_json, name="class-runs-json"),
    path("join/", joining.join_form, name="join-form"),
    path("join/<str:code>/", joining.join_by_link, name="join"),
]
