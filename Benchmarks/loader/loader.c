// A load generator that costs little beside the server it measures.
//
// One blocking keep-alive connection per thread, closed loop: a thread sends its next request when it has its
// answer. Boto3 tops out at 1.4 thousand calls a second and would measure itself; this takes some ten
// microseconds of CPU a call.
//
//   loader --driver sqs|redis|fsync|limit [--port P] [--queue URL] --operation send|receive|consume|cycle
//          [--threads N] [--seconds S] [--batch B] [--bytes N] [--count N] [--run NAME] [--ledger FILE] [--path FILE]
//
// Operations: `send` adds messages; `receive` takes and deletes them, until there are none; `consume` does the same
// and goes on when there are none; `cycle` sends, receives and deletes one, so that the depth of the queue stays.
//
// Drivers: `sqs` speaks awsJson over HTTP/1.1; `redis` speaks RESP to a stream with a consumer group (XADD;
// XREADGROUP, XACK, XDEL); `fsync` appends and fdatasyncs a file, as the limit of any durable queue; `limit` is a
// server that answers every POST at once, as the limit of any HTTP queue (it serves on --port until it is killed).
//
// Prints one JSON object. With --ledger it also writes what it was told: "sent BODY", "deleted BODY", and "maybe"
// before what it asked for when the connection broke. A broken connection ends its thread, and is no error then.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_BATCH = 10, MAX_HANDLE = 1100, MAX_BODY_NAME = 96 };

// ---------------------------------------------------------------------------------------------------- small things

static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("loader: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

typedef struct {
    char *bytes;
    size_t length, capacity;
} Buffer;

static void reserve(Buffer *buffer, size_t more) {
    if (buffer->length + more + 1 <= buffer->capacity) return;
    buffer->capacity = (buffer->length + more + 1) * 2;
    buffer->bytes = realloc(buffer->bytes, buffer->capacity);
    if (!buffer->bytes) fail("out of memory");
}

static void append(Buffer *buffer, const char *bytes, size_t length) {
    reserve(buffer, length);
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = 0;
}

static void appendf(Buffer *buffer, const char *format, ...) {
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0 || length >= (int)sizeof text) fail("a line is too long");
    append(buffer, text, length);
}

// ---------------------------------------------------------------------------------------------------- options

static struct {
    const char *driver, *operation, *queue, *run, *ledger, *path;
    int port, threads, batch, bytes;
    long count;
    double seconds;
} option = {
    .driver = "sqs", .operation = "send", .queue = "", .run = "run", .threads = 1, .batch = 1, .bytes = 1024, .seconds = 2,
};

static void parse(int count, char **words) {
    for (int i = 1; i + 1 < count; i += 2) {
        const char *name = words[i], *value = words[i + 1];
        if (!strcmp(name, "--driver")) option.driver = value;
        else if (!strcmp(name, "--operation")) option.operation = value;
        else if (!strcmp(name, "--queue")) option.queue = value;
        else if (!strcmp(name, "--run")) option.run = value;
        else if (!strcmp(name, "--ledger")) option.ledger = value;
        else if (!strcmp(name, "--path")) option.path = value;
        else if (!strcmp(name, "--port")) option.port = atoi(value);
        else if (!strcmp(name, "--threads")) option.threads = atoi(value);
        else if (!strcmp(name, "--batch")) option.batch = atoi(value);
        else if (!strcmp(name, "--bytes")) option.bytes = atoi(value);
        else if (!strcmp(name, "--count")) option.count = atol(value);
        else if (!strcmp(name, "--seconds")) option.seconds = atof(value);
        else fail("unknown option %s", name);
    }
    if (count % 2 == 0) fail("every option takes a value");
    if (option.batch < 1 || option.batch > MAX_BATCH) fail("a batch has 1 to %d messages", MAX_BATCH);
    if (option.threads < 1 || option.threads > 512) fail("there are 1 to 512 threads");
    if (option.bytes < MAX_BODY_NAME) option.bytes = MAX_BODY_NAME;
}

// ---------------------------------------------------------------------------------------------------- a thread's state

typedef struct {
    int number, socket;
    long sequence, messages;
    bool broken;
    Buffer request, answer, ledger;
    size_t consumed;  // how much of `answer` earlier replies took
    float *latencies;
    size_t calls, latency_capacity;
    int taken;  // messages of the last receive
    char handles[MAX_BATCH][MAX_HANDLE];
    char bodies[MAX_BATCH][MAX_BODY_NAME];
} Worker;

static double deadline;
static long remaining;  // of --count; negative when there is no limit
static pthread_mutex_t remaining_lock = PTHREAD_MUTEX_INITIALIZER;

static bool claim(int messages) {
    if (option.count == 0) return true;
    pthread_mutex_lock(&remaining_lock);
    bool claimed = remaining >= messages;
    if (claimed) remaining -= messages;
    pthread_mutex_unlock(&remaining_lock);
    return claimed;
}

static void note(Worker *worker, double started) {
    if (worker->calls == worker->latency_capacity) {
        worker->latency_capacity = worker->latency_capacity ? worker->latency_capacity * 2 : 4096;
        worker->latencies = realloc(worker->latencies, worker->latency_capacity * sizeof(float));
        if (!worker->latencies) fail("out of memory");
    }
    worker->latencies[worker->calls++] = now() - started;
}

static void record(Worker *worker, const char *what, const char *body) {
    if (option.ledger) appendf(&worker->ledger, "%s %s\n", what, body);
}

static void connect_to_server(Worker *worker) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(option.port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    worker->socket = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(worker->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(worker->socket, (struct sockaddr *)&address, sizeof address) != 0) worker->broken = true;
}

// Sends the request. A connection that broke ends the thread; anything else is a mistake of ours.
static void send_request(Worker *worker) {
    const char *bytes = worker->request.bytes;
    size_t left = worker->request.length;
    while (left > 0 && !worker->broken) {
        ssize_t sent = write(worker->socket, bytes, left);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) worker->broken = true;
        else bytes += sent, left -= sent;
    }
    worker->answer.length = 0;
    worker->consumed = 0;
}

static bool receive_more(Worker *worker) {
    reserve(&worker->answer, 65536);
    ssize_t received = read(worker->socket, worker->answer.bytes + worker->answer.length, 65536);
    if (received < 0 && errno == EINTR) return true;
    if (received <= 0) {
        worker->broken = true;
        return false;
    }
    worker->answer.length += received;
    worker->answer.bytes[worker->answer.length] = 0;
    return true;
}

static void name_body(Worker *worker, char *name) {
    snprintf(name, MAX_BODY_NAME, "%s-%d-%ld", option.run, worker->number, worker->sequence++);
}

static void append_padded(Buffer *buffer, const char *name) {
    static const char filling[] = "................................................................";
    size_t length = strlen(name), left = option.bytes - length;
    append(buffer, name, length);
    while (left > 0) {
        size_t part = left < sizeof filling - 1 ? left : sizeof filling - 1;
        append(buffer, filling, part);
        left -= part;
    }
}

// ---------------------------------------------------------------------------------------------------- SQS over HTTP

static void post(Worker *worker, const char *operation, const Buffer *body) {
    worker->request.length = 0;
    appendf(
        &worker->request,
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/x-amz-json-1.0\r\n"
        "X-Amz-Target: AmazonSQS.%s\r\nx-amzn-query-mode: true\r\nX-Amz-Date: 20260101T000000Z\r\n"
        "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=%064d\r\nContent-Length: %zu\r\n\r\n",
        option.port, operation, 0, body->length);
    append(&worker->request, body->bytes, body->length);
    send_request(worker);
}

// Reads one whole answer, with a length or in chunks, and returns where its body begins; NULL when it broke.
static const char *read_http_answer(Worker *worker) {
    const char *end = NULL;
    while (!worker->broken && !(end = worker->answer.length ? strstr(worker->answer.bytes, "\r\n\r\n") : NULL))
        receive_more(worker);
    if (worker->broken) return NULL;
    size_t head = end + 4 - worker->answer.bytes;
    const char *length = strcasestr(worker->answer.bytes, "\r\ncontent-length:");
    if (length && length < end) {
        size_t whole = head + strtoul(length + 17, NULL, 10);
        while (worker->answer.length < whole && receive_more(worker)) {}
    } else {
        while (!strstr(worker->answer.bytes + head, "\r\n0\r\n\r\n") && receive_more(worker)) {}
    }
    if (worker->broken) return NULL;
    if (strncmp(worker->answer.bytes + 9, "200", 3)) fail("the answer is %.400s", worker->answer.bytes);
    const char *close_after = strcasestr(worker->answer.bytes, "\r\nconnection: close");
    if (close_after && close_after < end) {  // moto's way
        close(worker->socket);
        connect_to_server(worker);
    }
    return worker->answer.bytes + head;
}

// Copies the string that follows `"key":` at or after `text` as it stands, escapes and all, up to `stop` or its end.
static const char *copy_member(const char *text, const char *key, char *value, size_t capacity, char stop) {
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\"", key);
    const char *found = strstr(text, quoted);
    if (!found) return NULL;
    found = strchr(found + strlen(quoted), '"') + 1;
    size_t length = 0;
    while (found[length] && found[length] != '"' && found[length] != stop && length + 1 < capacity) length++;
    memcpy(value, found, length);
    value[length] = 0;
    return found + length;
}

static void sqs_send(Worker *worker, int batch) {
    static __thread Buffer body;
    char names[MAX_BATCH][MAX_BODY_NAME];
    body.length = 0;
    appendf(&body, "{\"QueueUrl\":\"%s\",%s", option.queue, batch > 1 ? "\"Entries\":[" : "");
    for (int i = 0; i < batch; i++) {
        name_body(worker, names[i]);
        if (batch > 1) appendf(&body, "%s{\"Id\":\"%d\",", i ? "," : "", i);
        appendf(&body, "\"MessageBody\":\"");
        append_padded(&body, names[i]);
        appendf(&body, batch > 1 ? "\"}" : "\"");
    }
    appendf(&body, batch > 1 ? "]}" : "}");
    post(worker, batch > 1 ? "SendMessageBatch" : "SendMessage", &body);
    const char *answer = read_http_answer(worker);
    const char *failed = answer && batch > 1 ? strstr(answer, "\"Failed\":") : NULL;
    if (failed && !strstr(failed, "\"Failed\":[]") && !strstr(failed, "\"Failed\": []")) fail("a send failed: %.400s", failed);
    for (int i = 0; i < batch; i++) record(worker, answer ? "sent" : "maybe sent", names[i]);
    if (answer) worker->messages += batch;
}

static void sqs_receive(Worker *worker, int batch) {
    static __thread Buffer body;
    body.length = 0;
    appendf(&body, "{\"QueueUrl\":\"%s\",\"MaxNumberOfMessages\":%d,\"WaitTimeSeconds\":0}", option.queue, batch);
    post(worker, "ReceiveMessage", &body);
    const char *answer = read_http_answer(worker);
    worker->taken = 0;
    // Members come in any order: a message's own two lie between its braces, bodies hold neither braces nor quotes.
    while (answer && worker->taken < batch) {
        char *body_name = worker->bodies[worker->taken], *handle = worker->handles[worker->taken];
        const char *after_handle = copy_member(answer, "ReceiptHandle", handle, MAX_HANDLE, 0);
        const char *after_body = copy_member(answer, "Body", body_name, MAX_BODY_NAME, '.');
        if (!after_handle || !after_body) break;
        worker->taken++;
        answer = after_handle > after_body ? after_handle : after_body;
    }
}

static void sqs_delete(Worker *worker) {
    static __thread Buffer body;
    bool single = worker->taken == 1;
    body.length = 0;
    appendf(&body, "{\"QueueUrl\":\"%s\",%s", option.queue, single ? "" : "\"Entries\":[");
    for (int i = 0; i < worker->taken; i++) {
        if (!single) appendf(&body, "%s{\"Id\":\"%d\",", i ? "," : "", i);
        appendf(&body, "\"ReceiptHandle\":\"%s\"%s", worker->handles[i], single ? "" : "}");
    }
    appendf(&body, single ? "}" : "]}");
    post(worker, single ? "DeleteMessage" : "DeleteMessageBatch", &body);
    const char *answer = read_http_answer(worker);
    for (int i = 0; i < worker->taken; i++) record(worker, answer ? "deleted" : "maybe deleted", worker->bodies[i]);
    if (answer) worker->messages += worker->taken;
}

// ---------------------------------------------------------------------------------------------------- Redis streams

static void command(Buffer *request, int count, ...) {
    va_list words;
    va_start(words, count);
    appendf(request, "*%d\r\n", count);
    for (int i = 0; i < count; i++) {
        const char *word = va_arg(words, const char *);
        appendf(request, "$%zu\r\n", strlen(word));
        append(request, word, strlen(word));
        append(request, "\r\n", 2);
    }
    va_end(words);
}

// Returns the next line of the answer with its end cut off, and where the next begins; NULL when it broke.
static char *read_line(Worker *worker) {
    for (;;) {
        char *start = worker->answer.bytes + worker->consumed;
        char *end = worker->answer.length > worker->consumed ? strstr(start, "\r\n") : NULL;
        if (end) {
            *end = 0;
            worker->consumed = end + 2 - worker->answer.bytes;
            return start;
        }
        if (!receive_more(worker)) return NULL;
    }
}

// Reads one reply and hands every string in it to `found`, in order.
static void read_reply(Worker *worker, void (*found)(Worker *, const char *)) {
    char *line = read_line(worker);
    if (!line) return;
    long length = atol(line + 1);
    switch (*line) {
    case '-':
        if (strncmp(line, "-BUSYGROUP", 10)) fail("Redis says %s", line);
        return;
    case '$':
        if (length < 0) return;
        while (worker->answer.length < worker->consumed + length + 2)
            if (!receive_more(worker)) return;
        char *text = worker->answer.bytes + worker->consumed;
        text[length] = 0;
        worker->consumed += length + 2;
        if (found) found(worker, text);
        return;
    case '*':
        for (long i = 0; i < length && !worker->broken; i++) read_reply(worker, found);
    }
}

static void note_entry(Worker *worker, const char *text) {
    // An entry is its id ("1700000000000-0"), then field and value; the field is called "b".
    if (strspn(text, "0123456789-") == strlen(text) && strchr(text, '-') && worker->taken < MAX_BATCH)
        snprintf(worker->handles[worker->taken++], MAX_HANDLE, "%s", text);
}

static void redis_send(Worker *worker, int batch) {
    static __thread Buffer body;
    char name[MAX_BODY_NAME];
    worker->request.length = 0;
    for (int i = 0; i < batch; i++) {
        name_body(worker, name);
        body.length = 0;
        append_padded(&body, name);
        command(&worker->request, 5, "XADD", option.queue, "*", "b", body.bytes);
    }
    send_request(worker);
    for (int i = 0; i < batch; i++) read_reply(worker, NULL);
    if (!worker->broken) worker->messages += batch;
}

static void redis_receive(Worker *worker, int batch) {
    char count[8];
    snprintf(count, sizeof count, "%d", batch);
    worker->request.length = 0;
    command(&worker->request, 9, "XREADGROUP", "GROUP", "g", "c", "COUNT", count, "STREAMS", option.queue, ">");
    send_request(worker);
    worker->taken = 0;
    read_reply(worker, note_entry);
}

static void redis_delete(Worker *worker) {
    worker->request.length = 0;
    for (int i = 0; i < worker->taken; i++) {
        command(&worker->request, 4, "XACK", option.queue, "g", worker->handles[i]);
        command(&worker->request, 3, "XDEL", option.queue, worker->handles[i]);
    }
    send_request(worker);
    for (int i = 0; i < 2 * worker->taken; i++) read_reply(worker, NULL);
    if (!worker->broken) worker->messages += worker->taken;
}

static void redis_prepare(Worker *worker) {
    worker->request.length = 0;
    command(&worker->request, 6, "XGROUP", "CREATE", option.queue, "g", "0", "MKSTREAM");
    send_request(worker);
    read_reply(worker, NULL);
}

// ---------------------------------------------------------------------------------------------------- the closed loop

typedef struct {
    const char *name;
    void (*prepare)(Worker *), (*send)(Worker *, int), (*receive)(Worker *, int), (*delete)(Worker *);
} Driver;

static const Driver drivers[] = {
    {"sqs", NULL, sqs_send, sqs_receive, sqs_delete},
    {"redis", redis_prepare, redis_send, redis_receive, redis_delete},
};
static const Driver *driver;

// One call of the operation. False when there is nothing left to do.
static bool perform(Worker *worker) {
    if (!strcmp(option.operation, "send")) {
        if (!claim(option.batch)) return false;
        driver->send(worker, option.batch);
        return true;
    }
    if (!strcmp(option.operation, "cycle")) {
        driver->send(worker, 1);
        worker->messages--;  // it counts when it is deleted
    }
    if (worker->broken) return false;
    driver->receive(worker, !strcmp(option.operation, "cycle") ? 1 : option.batch);
    if (worker->broken) return false;
    if (worker->taken == 0) return !strcmp(option.operation, "consume");
    driver->delete(worker);
    return true;
}

static void *work(void *argument) {
    Worker *worker = argument;
    connect_to_server(worker);
    if (!worker->broken && driver->prepare) driver->prepare(worker);
    while (!worker->broken && now() < deadline) {
        double started = now();
        if (!perform(worker)) break;
        if (!worker->broken) note(worker, started);
    }
    close(worker->socket);
    return NULL;
}

static int by_size(const void *left, const void *right) {
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

static void report(Worker *workers, int count, double started) {
    double seconds = now() - started;
    long messages = 0;
    size_t calls = 0;
    int broken = 0;
    for (int i = 0; i < count; i++)
        messages += workers[i].messages, calls += workers[i].calls, broken += workers[i].broken;
    float *all = malloc((calls + 1) * sizeof(float));
    size_t filled = 0;
    for (int i = 0; i < count; i++) {
        memcpy(all + filled, workers[i].latencies, workers[i].calls * sizeof(float));
        filled += workers[i].calls;
    }
    qsort(all, calls, sizeof(float), by_size);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf(
        "{\"messages\": %ld, \"seconds\": %.3f, \"rate\": %.1f, \"calls\": %zu, \"p50_ms\": %.4f, \"p99_ms\": %.4f, "
        "\"loader_cpu\": %.3f, \"broken\": %d}\n",
        messages, seconds, messages / seconds, calls, calls ? all[calls / 2] * 1e3 : 0,
        calls ? all[(size_t)(calls * 0.99)] * 1e3 : 0, cpu, broken);
    free(all);
}

static void write_ledger(Worker *workers, int count) {
    FILE *file = fopen(option.ledger, "w");
    if (!file) fail("%s cannot be written", option.ledger);
    for (int i = 0; i < count; i++) fwrite(workers[i].ledger.bytes, 1, workers[i].ledger.length, file);
    fclose(file);
}

static void load(void) {
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (!strcmp(drivers[i].name, option.driver)) driver = &drivers[i];
    if (!driver) fail("there is no driver %s", option.driver);
    if (option.ledger && strcmp(option.driver, "sqs")) fail("only the sqs driver keeps a ledger");
    Worker *workers = calloc(option.threads, sizeof *workers);
    pthread_t *threads = calloc(option.threads, sizeof *threads);
    double started = now();
    deadline = started + option.seconds;
    remaining = option.count;
    for (int i = 0; i < option.threads; i++) {
        workers[i].number = i;
        if (pthread_create(&threads[i], NULL, work, &workers[i])) fail("no thread could be had");
    }
    for (int i = 0; i < option.threads; i++) pthread_join(threads[i], NULL);
    report(workers, option.threads, started);
    if (option.ledger) write_ledger(workers, option.threads);
}

// ---------------------------------------------------------------------------------------------------- the two limits

static void append_and_sync(void) {
    if (!option.path) fail("fsync needs --path");
    Worker worker = {0};
    char *block = malloc(option.bytes);
    memset(block, 'x', option.bytes);
    int file = open(option.path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    if (file < 0) fail("%s cannot be written", option.path);
    double started = now(), end = started + option.seconds;
    while (now() < end) {
        double call = now();
        if (write(file, block, option.bytes) != option.bytes || fdatasync(file) != 0) fail("the disk refuses");
        worker.messages++;
        note(&worker, call);
    }
    report(&worker, 1, started);
}

static void *answer_everything(void *argument) {
    static const char answer[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}";
    Worker worker = {.socket = (int)(long)argument};
    for (;;) {
        worker.answer.length = 0;
        const char *end = NULL;
        while (!end && receive_more(&worker)) end = strstr(worker.answer.bytes, "\r\n\r\n");
        if (worker.broken) break;
        const char *length = strcasestr(worker.answer.bytes, "\r\ncontent-length:");
        size_t whole = end + 4 - worker.answer.bytes + (length ? strtoul(length + 17, NULL, 10) : 0);
        while (worker.answer.length < whole && receive_more(&worker)) {}
        if (worker.broken || write(worker.socket, answer, sizeof answer - 1) < 0) break;
    }
    close(worker.socket);
    free(worker.answer.bytes);
    return NULL;
}

static void serve_limit(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(option.port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 512)) fail("port %d is taken", option.port);
    for (;;) {
        long client = accept(listener, NULL, NULL);
        if (client < 0) continue;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        pthread_t thread;
        if (pthread_create(&thread, NULL, answer_everything, (void *)client)) fail("no thread could be had");
        pthread_detach(thread);
    }
}

int main(int count, char **words) {
    parse(count, words);
    signal(SIGPIPE, SIG_IGN);
    if (!strcmp(option.driver, "fsync")) append_and_sync();
    else if (!strcmp(option.driver, "limit")) serve_limit();
    else load();
    return 0;
}
