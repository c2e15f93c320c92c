"""The waist: the rooms of this house, lowest floor first: the order of sheets and of demo data."""

from zhijia.core.feature_types import Feature

FEATURES: tuple[Feature, ...] = ()
