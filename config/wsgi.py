"""The server's entry: granian calls `application`."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A request waits for the database a dozen times, and after each answer for the interpreter while another
# thread computes. Turns ten times shorter than Python's own keep a vote from holding the board meanwhile.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
