from concerted.capacity.forms.claims import OutsideFileForm, OutsideForm
from concerted.capacity.forms.mandates import MandateForm
from concerted.capacity.forms.records import AsAtForm, DecisionForm, ExemptionForm, TakingBackForm

__all__ = [
    "AsAtForm",
    "DecisionForm",
    "ExemptionForm",
    "MandateForm",
    "OutsideFileForm",
    "OutsideForm",
    "TakingBackForm",
]
