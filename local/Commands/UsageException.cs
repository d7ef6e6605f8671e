namespace FundingFlow.Local.Commands;

/// <summary>The command line was not understood; one line says what. Exit code 2.</summary>
public sealed class UsageException(string message) : Exception(message);
