"""clausecheck: checks IT-supplier contracts against Article 7 of the supply-chain risk guideline."""

__version__ = "0.1.0"
