"""The referral matrix of a plan."""

import numpy as np

from concerted.maths.referrals import Network
from concerted.planning.rules.plan.part import WEEKS
from concerted.planning.rules.plan.schema import Plan


def network_of(plan: Plan) -> Network:
    """The referral matrix, its clocks in months. Raises `ReferralsRefused` where referrals go round and grow."""
    names = list(plan.services)
    count = len(names)
    shares, delay = np.zeros((count, count)), np.zeros((count, count))
    for sender, receivers in plan.referrals.items():
        for receiver, said in receivers.items():
            place = names.index(sender), names.index(receiver)
            shares[place], delay[place] = said.share, said.after_weeks / WEEKS
    lengths = np.array([service.weeks / WEEKS for service in plan.services.values()])
    answered = np.array([service.answered for service in plan.services.values()])
    return Network(tuple(names), shares, delay, lengths, answered)
