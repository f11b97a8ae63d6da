from dataclasses import dataclass


@dataclass
class Student:
    name: str
    points: int


students = [Student("Ali", 84), Student("Bea", 91), Student("Cem", 77)]
students.sort(key=lambda student: student.points, reverse=True)
for student in students:
    print(student.name, student.points)
