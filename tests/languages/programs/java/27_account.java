import java.util.Scanner;

class Account {
    private int balance;

    Account(int balance) {
        this.balance = balance;
    }

    int getBalance() {
        return balance;
    }

    void withdraw(int amount) {
        if (amount > balance) {
            System.out.println("Not enough money");
        } else {
            balance -= amount;
        }
    }
}

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        Account account = new Account(100);
        for (int i = 0; i < 2; i++) {
            System.out.print("Amount? ");
            account.withdraw(in.nextInt());
        }
        System.out.println("Balance: " + account.getBalance());
    }
}
