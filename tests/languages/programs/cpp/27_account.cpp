#include <iostream>

class Account {
public:
    explicit Account(int balance) : balance_(balance) {}
    int balance() const { return balance_; }
    void withdraw(int amount) {
        if (amount > balance_) {
            std::cout << "Not enough money\n";
        } else {
            balance_ -= amount;
        }
    }

private:
    int balance_;
};

int main() {
    Account account(100);

    for (int i = 0; i < 2; i++) {
        int amount;
        std::cout << "Amount? ";
        std::cin >> amount;
        account.withdraw(amount);
    }
    std::cout << "Balance: " << account.balance() << "\n";
}
