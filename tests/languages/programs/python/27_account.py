class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            print("Not enough money")
        else:
            self.balance -= amount


account = Account(100)
account.withdraw(int(input("Amount? ")))
account.withdraw(int(input("Amount? ")))
print("Balance:", account.balance)
