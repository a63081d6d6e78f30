"""What the black-box tests share: a server as a process, clients, and a check of every answer's shape."""
