#include <stdio.h>

struct account {
    int balance;
};

void withdraw(struct account *account, int amount) {
    if (amount > account->balance)
        printf("Not enough money\n");
    else
        account->balance -= amount;
}

int main(void) {
    struct account account = {100};
    int amount;

    for (int i = 0; i < 2; i++) {
        printf("Amount? ");
        scanf("%d", &amount);
        withdraw(&account, amount);
    }
    printf("Balance: %d\n", account.balance);
    return 0;
}
