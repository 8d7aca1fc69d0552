"""What plans came to lately, for the next request that changes one value of them."""

from concerted.planning.rules.projection import Answers

#: Bytes a process keeps: three plans of eighty territories, or one of many more. What is larger is answered anew.
MOST = 64_000_000

#: The answer of a plan, to the last byte that of `project`. Each process has its own, and a restart forgets it.
answer = Answers(MOST)
