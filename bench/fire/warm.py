"""Imported once by the process that children are forked from: it holds everything, warm."""

from bench.fire.work import warmed

warmed()
