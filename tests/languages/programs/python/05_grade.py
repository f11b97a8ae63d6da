points = int(input("Points? "))
if points >= 90:
    grade = "A"
elif points >= 80:
    grade = "B"
elif points >= 70:
    grade = "C"
else:
    grade = "F"
print("Grade:", grade)
