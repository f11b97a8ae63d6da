class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def pay_in(self, amount):
        self.balance += amount

    def pay_out(self, amount):
        if amount > self.balance:
            raise ValueError("There is not enough money.")
        self.balance -= amount


account = Account(input("Who are you? "))
while True:
    print(f"{account.owner} has {account.balance} coins.")
    order = input("+ or - and an amount, such as +20 (empty to stop): ")
    if not order:
        break
    try:
        amount = int(order)
        if amount >= 0:
            account.pay_in(amount)
        else:
            account.pay_out(-amount)
    except ValueError as problem:
        print("That did not work:", problem)
