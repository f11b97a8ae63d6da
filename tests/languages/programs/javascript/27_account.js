import { createInterface } from "node:readline/promises";

class Account {
    #balance;

    constructor(balance) {
        this.#balance = balance;
    }

    get balance() {
        return this.#balance;
    }

    withdraw(amount) {
        if (amount > this.#balance) {
            console.log("Not enough money");
            return;
        }
        this.#balance -= amount;
    }
}

const terminal = createInterface(process.stdin, process.stdout);
const account = new Account(100);
account.withdraw(Number(await terminal.question("Amount? ")));
account.withdraw(Number(await terminal.question("Amount? ")));
console.log("Balance: " + account.balance);
terminal.close();
