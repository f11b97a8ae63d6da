from django.urls import path

from runner.rooms import people, views

urlpatterns = [
    path("rooms/", views.room_list, name="room-list"),
    path("rooms/<int:room_id>/", views.room_page, name="room"),
    path("rooms/<int:room_id>/ticket/", views.ticket, name="room-ticket"),
    path("rooms/<int:room_id>/standing/", views.standing, name="room-standing"),
    path("rooms/<int:room_id>/end/", views.end, name="room-end"),
    path("rooms/<int:room_id>/renew/", views.renew, name="room-renew"),
    path("rooms/<int:room_id>/people/", people.room_people, name="room-people"),
    path("rooms/<int:room_id>/people/add/", people.add, name="room-add"),
    path("rooms/<int:room_id>/people/class/", people.admit_class, name="room-class"),
    path("rooms/<int:room_id>/people/invite/", people.invite, name="room-invite"),
    path("rooms/<int:room_id>/people/<int:number>/", people.change, name="room-member"),
    path("rooms/<int:room_id>/links/<int:number>/", people.link, name="room-link"),
    path("snippets/<int:snippet_id>/room/", views.open_room, name="snippet-room"),
]
