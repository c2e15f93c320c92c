"""Zhijia 职家: the 网上职工之家 of a grassroots trade union, from its ledgers to the congress package."""
