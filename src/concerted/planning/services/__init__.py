from concerted.planning.services.plans import answer_again, keep_plan

__all__ = ["answer_again", "keep_plan"]
