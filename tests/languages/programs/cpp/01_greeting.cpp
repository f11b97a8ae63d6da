#include <iostream>
#include <string>
using namespace std;

int main() {
    string name;
    int age;

    cout << "Name? ";
    cin >> name;
    cout << "Age? ";
    cin >> age;
    cout << "Hello, " << name << "!" << endl;
    cout << "Next year you will be " << age + 1 << "." << endl;
}
