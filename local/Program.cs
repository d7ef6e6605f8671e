Console.WriteLine("FundingFlow");
