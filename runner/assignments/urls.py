"""Below the address of a class."""

from django.urls import path

from runner.assignments import exports, student, teacher

urlpatterns = [
    path("", student.assignment_list, name="assignment-list"),
    path("new/", teacher.new_assignment, name="assignment-new"),
    path("<int:number>/", student.assignment_page, name="assignment"),
    path("<int:number>/begin/", student.begin, name="assignment-begin"),
    path("<int:number>/hand-in/", student.hand_in, name="assignment-hand-in"),
    path("<int:number>/mine/<int:hand_in>/", student.own_hand_in, name="own-hand-in"),
    path("<int:number>/edit/", teacher.edit, name="assignment-edit"),
    path("<int:number>/exception/", teacher.exception, name="assignment-exception"),
    path("<int:number>/hand-ins/", teacher.hand_ins, name="hand-ins"),
    path("<int:number>/hand-ins.csv", exports.marks_csv, name="hand-ins-csv"),
    path("<int:number>/hand-ins.zip", exports.code_zip, name="hand-ins-zip"),
    path("<int:number>/hand-ins/<int:hand_in>/", teacher.review, name="hand-in-review"),
    path("<int:number>/hand-ins/<int:hand_in>/mark/", teacher.mark, name="hand-in-mark"),
    path("<int:number>/hand-ins/<int:hand_in>/comment/", teacher.comment, name="hand-in-comment"),
    path("<int:number>/hand-ins/<int:hand_in>/run/", teacher.run_it, name="hand-in-run"),
]
