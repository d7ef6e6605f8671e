using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FundingFlow.Benchmarks")]
