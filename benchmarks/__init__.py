"""How fast the generator is: ``python -m benchmarks.run``. README.md tells what the figures mean."""
