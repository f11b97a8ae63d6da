#include <bits/stdc++.h>
using namespace std;

int main() {
    int limit;

    cout << "Up to? ";
    cin >> limit;
    vector<bool> crossed_out(limit + 1);
    for (int number = 2; number <= limit; number++) {
        if (crossed_out[number]) continue;
        cout << number << " ";
        for (int multiple = number * number; multiple <= limit; multiple += number) {
            crossed_out[multiple] = true;
        }
    }
    cout << endl;
}
