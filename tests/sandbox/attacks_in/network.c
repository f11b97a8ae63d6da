#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
int main(int count, char **words) {
    for (int i = 1; i + 1 < count; i += 2) {
        struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons(atoi(words[i + 1])) };
        inet_pton(AF_INET, words[i], &place.sin_addr);
        int one = socket(AF_INET, SOCK_STREAM, 0);
        puts(one >= 0 && connect(one, (struct sockaddr *)&place, sizeof place) == 0 ? "done" : "refused");
    }
}
