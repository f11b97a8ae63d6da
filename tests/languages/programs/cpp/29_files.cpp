#include <fstream>
#include <iostream>
#include <string>

int main() {
    std::string line;
    {
        std::ofstream file("notes.txt");
        for (int i = 0; i < 3; i++) {
            std::cout << "Note? ";
            std::getline(std::cin, line);
            file << line << "\n";
        }
    }
    std::ifstream file("notes.txt");
    for (int number = 1; std::getline(file, line); number++) {
        std::cout << number << ": " << line << "\n";
    }
}
