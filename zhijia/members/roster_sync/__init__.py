"""The personnel office's list against the register: compared, reviewed, applied in one go, taken back in one go."""
