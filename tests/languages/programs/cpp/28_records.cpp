#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

struct Student {
    std::string name;
    int points;
};

int main() {
    std::vector<Student> students{{"Ali", 84}, {"Bea", 91}, {"Cem", 77}};

    std::sort(students.begin(), students.end(),
              [](const Student &a, const Student &b) { return a.points > b.points; });
    for (const Student &student : students) {
        std::cout << student.name << " " << student.points << "\n";
    }
}
