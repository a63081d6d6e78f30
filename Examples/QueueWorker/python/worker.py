"""The worker of the queue-worker example in Python: every message is a job that takes some seconds.

QUEUE_URL names the queue; VISIBILITY_TIMEOUT (30) says how many seconds a message stays hidden without a sign of
life, WAIT_SECONDS (20) how long a poll waits. The AWS SDK finds endpoint, region and credentials in the environment
of the task. The worker ends by itself after three polls in a row without a message.
"""

import json
import logging
import os
import signal
import threading
import time
import urllib.error
import urllib.request

import boto3

QUEUE_URL = os.environ["QUEUE_URL"]
VISIBILITY_TIMEOUT = int(os.environ.get("VISIBILITY_TIMEOUT", "30"))
WAIT_SECONDS = int(os.environ.get("WAIT_SECONDS", "20"))
EXIT_AFTER_EMPTY_POLLS = 3
BATCH_SIZE = 10

log = logging.getLogger("worker")
sqs = boto3.client("sqs", region_name=os.environ.get("AWS_REGION", "us-east-1"))
draining = threading.Event()
polling = threading.Event()


class Drained(BaseException):
    """Ends a poll at once when the worker is told to stop. No error, so that nothing on the way handles it."""


def drain(*_):
    draining.set()
    if polling.is_set():
        raise Drained


class Heartbeat:
    """Keeps the messages of a batch hidden from other workers until they are done."""

    def __init__(self, messages):
        self._handles = {message["MessageId"]: message["ReceiptHandle"] for message in messages}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopped.set()
        self._thread.join()

    def forget(self, message):
        """A message that is done, or was given back, must not be hidden again."""
        with self._lock:
            self._handles.pop(message["MessageId"], None)

    def _beat(self):
        while not self._stopped.wait(VISIBILITY_TIMEOUT / 2):
            with self._lock:
                entries = [
                    {"Id": str(number), "ReceiptHandle": handle, "VisibilityTimeout": VISIBILITY_TIMEOUT}
                    for number, handle in enumerate(self._handles.values())
                ]
                try:
                    if entries:
                        sqs.change_message_visibility_batch(QueueUrl=QUEUE_URL, Entries=entries)
                except Exception as error:  # the next beat may succeed
                    log.warning("heartbeat failed: %s", error)


def work_seconds(body):
    """`{"seconds": 2}`, or any other text for two seconds of work."""
    try:
        return max(0.0, float(json.loads(body)["seconds"]))
    except (ValueError, TypeError, KeyError):
        return 2.0


def protect_task(is_protected):
    """Asks the ECS agent to spare this task on scale-in; outside of ECS there is none to ask."""
    agent = os.environ.get("ECS_AGENT_URI")
    if not agent:
        return
    state = {"ProtectionEnabled": is_protected}
    if is_protected:
        state["ExpiresInMinutes"] = 60
    request = urllib.request.Request(
        f"{agent}/task-protection/v1/state",
        data=json.dumps(state).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except (urllib.error.URLError, TimeoutError) as error:
        log.warning("task protection failed: %s", error)


def receive(wait_seconds):
    """Up to ten messages; none when the queue stayed empty that long or the worker is to stop."""
    try:
        polling.set()
        if draining.is_set():
            return []
        answer = sqs.receive_message(
            QueueUrl=QUEUE_URL,
            MaxNumberOfMessages=BATCH_SIZE,
            WaitTimeSeconds=wait_seconds,
            VisibilityTimeout=VISIBILITY_TIMEOUT,
        )
        polling.clear()
        return answer.get("Messages", [])
    except Drained:
        return []
    finally:
        polling.clear()


def process(messages):
    with Heartbeat(messages) as heartbeat:
        for message in messages:
            if draining.is_set():
                heartbeat.forget(message)
                sqs.change_message_visibility(
                    QueueUrl=QUEUE_URL, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
                )
                continue
            seconds = work_seconds(message["Body"])
            log.info("begun %s", message["MessageId"])
            time.sleep(seconds)
            heartbeat.forget(message)
            sqs.delete_message(QueueUrl=QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])
            log.info("done %s after %g s", message["MessageId"], seconds)


def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    signal.signal(signal.SIGTERM, drain)
    signal.signal(signal.SIGINT, drain)
    empty_polls = 0
    is_protected = False
    while not draining.is_set() and empty_polls < EXIT_AFTER_EMPTY_POLLS:
        # An idle task must not stay protected for as long as a long poll lasts: look first, then let go and wait.
        messages = receive(0 if is_protected else WAIT_SECONDS)
        if messages:
            empty_polls = 0
            if not is_protected:
                protect_task(True)
            is_protected = True
            process(messages)
        elif is_protected:
            protect_task(False)
            is_protected = False
        else:
            empty_polls += 1
    if is_protected:
        protect_task(False)
    log.info("drained" if draining.is_set() else "nothing to do")


if __name__ == "__main__":
    main()
