const students = [
    { name: "Ali", points: 84 },
    { name: "Bea", points: 91 },
    { name: "Cem", points: 77 },
];
students.sort((a, b) => b.points - a.points);
for (const { name, points } of students) {
    console.log(name, points);
}
