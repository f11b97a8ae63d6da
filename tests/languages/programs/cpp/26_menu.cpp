#include <iostream>

enum class Choice { Add = 1, Show, Quit };

int main() {
    int total = 0, number = 0;

    while (true) {
        std::cout << "1 add  2 show  3 quit\n> ";
        if (!(std::cin >> number)) return 1;
        switch (static_cast<Choice>(number)) {
        case Choice::Add: {
            int amount;
            std::cout << "Amount? ";
            std::cin >> amount;
            total += amount;
            break;
        }
        case Choice::Show:
            std::cout << "Total: " << total << "\n";
            break;
        case Choice::Quit:
            std::cout << "Bye\n";
            return 0;
        }
    }
}
