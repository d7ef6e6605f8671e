namespace FundingFlow.Local.Azurite;

/// <summary>No Azurite could be had. The message is one line for the person at the terminal, with the way out.</summary>
public sealed class AzuriteUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
